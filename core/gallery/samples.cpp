// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/gallery/gallery.h"

#include "core/net/httpfileserver.h"

namespace coroscope::gallery {

namespace {

// As long as the tutorial measured its pages to be; at speeds at which they end one after the other.
constexpr struct
{
    const char *path;
    qint64 size;
    qint64 bytesPerSecond;
} downloads[] = {
    {"/www.163.com", 611'738, 800'000},
    {"/im.qq.com/index", 15'990, 40'000},
    {"/www.baidu.com", 227, 1'000'000},
};

constexpr struct
{
    const char *path;
    qint64 size;
    qint64 bytesPerSecond;
} images[] = {
    {"/uploads/allimg/202007/9999/rn27394522a3.jpg", 420'000, 600'000},
    {"/uploads/allimg/202102/9999/rnd6d6f2b5b7.jpg", 250'000, 600'000},
    {"/uploads/allimg/202106/9999/rn034f9e359f.jpg", 310'000, 600'000},
};

// Pages with links to one another: for the crawler of the tutorial, and for one that follows them.
constexpr struct
{
    const char *path;
    const char *title;
    int paragraphs;
    qint64 bytesPerSecond;
} pages[] = {
    {"/www.python.org/", "Welcome to Python.org", 160, 60'000},
    {"/www.baidu.com/", "百度一下,你就知道", 40, 40'000},
    {"/gitee.com/", "Gitee - 基于 Git 的代码托管和研发协作平台", 90, 50'000},
};

QByteArray htmlPage(const QString &title, int paragraphs)
{
    QString html = QStringLiteral(
                       "<!doctype html>\n<html>\n<head><meta charset=\"utf-8\"><title>%1</title></head>\n"
                       "<body>\n<h1>%1</h1>\n<nav>")
                       .arg(title);
    for (const auto &page : pages)
        html += QStringLiteral("<a href=\"%1\">%2</a> ")
                    .arg(QLatin1String(page.path), QString::fromUtf8(page.title));
    html += QStringLiteral("</nav>\n");
    for (int i = 1; i <= paragraphs; ++i)
        html += QStringLiteral("<p>%1. 协程:微线程。A coroutine is suspended, and another goes on.</p>\n")
                    .arg(i);
    return (html + QStringLiteral("</body>\n</html>\n")).toUtf8();
}

template<class Files>
QList<QUrl> urlsOf(const Files &files, const QUrl &server)
{
    QList<QUrl> urls;
    for (const auto &file : files) {
        QUrl url = server;
        url.setPath(QString::fromLatin1(file.path));
        urls << url;
    }
    return urls;
}

template<class Files>
void addFiles(const Files &files, net::FileSite &site)
{
    for (const auto &file : files)
        site.samples.insert(file.path, {.size = file.size, .bytesPerSecond = file.bytesPerSecond});
}

} // namespace

QList<QUrl> sampleUrls(const Example &example, const QUrl &server)
{
    if (example.needs.folder)
        return urlsOf(images, server);
    return example.id == QLatin1String("crawler") ? urlsOf(pages, server) : urlsOf(downloads, server);
}

void addSamples(net::FileSite &site)
{
    addFiles(downloads, site);
    addFiles(images, site);
    for (const auto &page : pages) {
        site.samples.insert(page.path, {.bytesPerSecond = page.bytesPerSecond,
                                        .content = htmlPage(QString::fromUtf8(page.title), page.paragraphs)});
    }
}

} // namespace coroscope::gallery
