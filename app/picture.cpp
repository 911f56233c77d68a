// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/picture.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFileInfo>
#include <QImageWriter>
#include <QPixmap>
#include <QTimer>
#include <QWidget>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace coroscope::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(coroscope::app::Picture)
};

QtMessageHandler previousHandler = nullptr;

/// What the off-screen platform says of itself is no matter for whoever wants a picture.
void withoutPlatformNoise(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (!message.startsWith(u"This plugin does not support"_s) && !message.contains(u"XDG_RUNTIME_DIR"_s))
        previousHandler(type, context, message);
}

} // namespace

std::optional<QString> whyNoPicture(const QString &file)
{
    const QFileInfo info(file);
    const QFileInfo folder(info.absolutePath());
    if (!QImageWriter::supportedImageFormats().contains(info.suffix().toLower().toLatin1()))
        return Tr::tr("%1 has no ending of a picture format; name it %1.png.").arg(file);
    if (!folder.isDir())
        return Tr::tr("The folder %1 for the picture does not exist.").arg(folder.filePath());
    if (info.isDir() || !(info.exists() ? info.isWritable() : folder.isWritable()))
        return Tr::tr("%1 can't be written.").arg(file);
    return {};
}

void drawOffScreen()
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    previousHandler = qInstallMessageHandler(withoutPlatformNoise);
}

bool savePicture(QWidget &window, const QString &file)
{
    // The views follow the store some 60 times a second; they have yet to show its last change.
    QEventLoop settle;
    QTimer::singleShot(200, &settle, &QEventLoop::quit);
    settle.exec();
    QImageWriter writer(file);
    const bool isSaved = writer.write(window.grab().toImage());
    const QString message = isSaved ? Tr::tr("A picture of the window is in %1.").arg(file)
                                    : Tr::tr("The picture could not be saved to %1: %2.")
                                          .arg(file, writer.errorString());
    std::fprintf(stderr, "%s\n", qUtf8Printable(message));
    return isSaved;
}

} // namespace coroscope::app
