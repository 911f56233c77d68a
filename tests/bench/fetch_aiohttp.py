#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Coroscope authors
# SPDX-License-Identifier: MIT
"""What tests/bench/compare measures as "aiohttp": a file of URLs, fetched 16 at once in blocks.

fetch_aiohttp.py LIST FOLDER AT_ONCE
"""
import asyncio
import os
import sys

import aiohttp

BLOCK = 512 * 1024


async def work(session, urls, folder):
    for url in urls:  # one iterator for all workers
        async with session.get(url) as answer:
            answer.raise_for_status()
            with open(os.path.join(folder, url.rsplit("/", 1)[1]), "wb") as file:
                async for block in answer.content.iter_chunked(BLOCK):
                    file.write(block)


async def main(source, folder, at_once):
    with open(source, encoding="utf-8") as file:
        urls = iter([line.strip() for line in file if line.strip()])
    connector = aiohttp.TCPConnector(limit=at_once)
    async with aiohttp.ClientSession(connector=connector, auto_decompress=False) as session:
        await asyncio.gather(*(work(session, urls, folder) for _ in range(at_once)))


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
