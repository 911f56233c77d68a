// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT

// The least that fetching files durably takes on a machine: `bench_floor URLS FOLDER` asks for each line's
// URL of a server on 127.0.0.1, over sixteen connections that wait in threads of their own, and brings each
// file to the disk before it counts. No queue, no names to be looked after, no checks, no progress: what a
// downloader takes above it is its own, and what others take below it, they leave to the next power cut.
// Files of 1 MiB and more go from the socket to the file by splice(2), as ours do.

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

constexpr std::size_t connections = 16;
constexpr long spliced = 1 << 20; // bytes, from which on

[[noreturn]] void fail(const char *what)
{
    std::perror(what);
    std::_Exit(1);
}

long checked(long result, const char *what)
{
    if (result < 0)
        fail(what);
    return result;
}

struct Url
{
    int port;
    std::string path;
};

std::vector<Url> read(const char *name)
{
    constexpr std::string_view host = "http://127.0.0.1:";
    std::ifstream file(name);
    std::vector<Url> urls;
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(host))
            fail("a URL that isn't of 127.0.0.1");
        const std::size_t slash = line.find('/', host.size());
        urls.push_back({std::atoi(line.c_str() + host.size()), line.substr(slash)});
    }
    return urls;
}

int connectTo(int port)
{
    const int fd = int(checked(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(std::uint16_t(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    checked(connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address), "connect");
    return fd;
}

void writeAll(int fd, const char *bytes, long size)
{
    while (size > 0) {
        const long written = checked(write(fd, bytes, std::size_t(size)), "write");
        bytes += written;
        size -= written;
    }
}

void spliceAll(int from, int to, long left)
{
    constexpr std::size_t room = 1 << 20;
    int pipe[2];
    checked(pipe2(pipe, O_CLOEXEC), "pipe");
    checked(fcntl(pipe[1], F_SETPIPE_SZ, int(room)), "pipe");
    while (left > 0) {
        long inPipe = checked(splice(from, nullptr, pipe[1], nullptr, room, SPLICE_F_MOVE), "splice");
        if (inPipe == 0)
            fail("the server closed");
        left -= inPipe;
        while (inPipe > 0)
            inPipe -= checked(splice(pipe[0], nullptr, to, nullptr, std::size_t(inPipe), SPLICE_F_MOVE),
                              "splice");
    }
    close(pipe[0]);
    close(pipe[1]);
}

void receive(int connection, int file, std::vector<char> &buffer)
{
    std::string_view head;
    long there = 0;
    do {
        const long got = checked(recv(connection, buffer.data() + there, buffer.size() - std::size_t(there),
                                      0),
                                 "recv");
        if (got == 0)
            fail("the server closed");
        there += got;
        head = {buffer.data(), std::size_t(there)};
    } while (head.find("\r\n\r\n") == head.npos);
    const long body = long(head.find("\r\n\r\n")) + 4;
    constexpr std::string_view length = "Content-Length: ";
    const std::size_t at = head.find(length);
    if (!head.starts_with("HTTP/1.1 200") || at == head.npos)
        fail("an answer that isn't what was asked for");
    long left = std::atol(buffer.data() + at + length.size());
    writeAll(file, buffer.data() + body, there - body);
    left -= there - body;
    if (left >= spliced)
        return spliceAll(connection, file, left);
    while (left > 0) {
        const long got = checked(recv(connection, buffer.data(), std::min(buffer.size(), std::size_t(left)),
                                      0),
                                 "recv");
        if (got == 0)
            fail("the server closed");
        writeAll(file, buffer.data(), got);
        left -= got;
    }
}

void fetch(const std::vector<Url> &urls, std::atomic<std::size_t> &next, const std::string &folder)
{
    std::vector<char> buffer(64 << 10);
    int connection = -1;
    for (std::size_t i = next++; i < urls.size(); i = next++) {
        if (connection < 0)
            connection = connectTo(urls[i].port);
        const std::string request = "GET " + urls[i].path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        checked(send(connection, request.data(), request.size(), 0), "send");
        const int file = int(
            checked(open((folder + urls[i].path).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644),
                    "open"));
        receive(connection, file, buffer);
        checked(fdatasync(file), "fdatasync");
        close(file);
    }
    if (connection >= 0)
        close(connection);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::fputs("usage: bench_floor URLS FOLDER\n", stderr);
        return 2;
    }
    const std::vector<Url> urls = read(argv[1]);
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < std::min(connections, urls.size()); ++i)
        threads.emplace_back([&] { fetch(urls, next, argv[2]); });
    threads.clear();
    const int folder = int(checked(open(argv[2], O_RDONLY | O_DIRECTORY | O_CLOEXEC), "open"));
    checked(fsync(folder), "fsync");
    close(folder);
    return 0;
}
