// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "app/picture.h"

#include "core/io/wholefile.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QEventLoop>
#include <QFileDevice>
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

std::optional<QString> whyNotWritten(const QImage &image, const QString &file)
{
    // Qt's writer of PNGs calls a full disk an unknown error.
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, QFileInfo(file).suffix().toLower().toLatin1());
    if (!buffer.open(QIODevice::WriteOnly) || !writer.write(image))
        return writer.errorString();
    io::WholeFile whole(file);
    const bool isWritten = whole.open() && whole.write(bytes) && whole.commit();
    return isWritten ? std::nullopt : std::optional(whole.errorString());
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
    // A picture takes the place of another, which needs the folder; a pipe is written to.
    const bool isReplaced = !info.exists() || info.isFile();
    if (info.isDir() || (info.exists() && !info.isWritable()) || (isReplaced && !folder.isWritable()))
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
    const auto why = whyNotWritten(window.grab().toImage(), file);
    const QString message = why ? Tr::tr("The picture could not be saved to %1: %2.").arg(file, *why)
                                : Tr::tr("A picture of the window is in %1.").arg(file);
    std::fprintf(stderr, "%s\n", qUtf8Printable(message));
    return !why;
}

} // namespace coroscope::app
