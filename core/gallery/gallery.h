// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#pragma once

#include "core/gallery/stage.h"

#include <QCoroTask>

#include <optional>

namespace coroscope::net {
struct FileSite;
}

namespace coroscope::gallery {

/// The tutorial's word for something, and ours.
struct Term
{
    QString python;
    QString ours;
};

/// How many servers an example talks to by default; more or fewer can be given. 0: it needs none.
struct Needs
{
    int urls = 0;
    int redis = 0;
    int mysql = 0;
    bool folder = false; ///< it writes files
};

/// One system of the tutorial. A value, its words in the language of this moment.
struct Example
{
    QString id; ///< "await-1": what the command line takes
    QString title;
    QString look; ///< what to look for in the picture: one or two sentences
    QList<Term> terms;
    QString note {}; ///< where the tutorial's listing is mended, or runs otherwise here; empty: nowhere
    Needs needs {};
    QString source; ///< of our program, from the project's folder: "core/gallery/await1.cpp"
    QCoro::Task<> (*run)(Stage) = nullptr;

    /// Whether a trace's location is in our program; a build may put more in front of the path.
    bool isIn(const QString &file) const { return file.endsWith(source); }
    /// The text of our program, the very file that is compiled.
    QString program() const;
    /// The tutorial's listing.
    QString listing() const;
};

/// In the order of the tutorial.
QList<Example> examples();
/// The example of that id, if any.
std::optional<Example> findExample(const QString &id);

/// The examples' default addresses on a file server that offers addSamples(): as many as it needs, in order.
QList<QUrl> sampleUrls(const Example &example, const QUrl &server);
/// Puts the pages and images that the examples fetch by default on a file server.
void addSamples(net::FileSite &site);

} // namespace coroscope::gallery
