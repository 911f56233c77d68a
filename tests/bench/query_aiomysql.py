# SPDX-FileCopyrightText: 2026 The Coroscope authors
# SPDX-License-Identifier: MIT

# query_aiomysql.py PORT: what bench_mysql does, with aiomysql. The password is in MYSQL_PWD.
import asyncio
import json
import os
import statistics
import sys
import time

import aiomysql

ROUNDS, STATEMENTS, ROWS = 7, 1000, 200_000


async def main():
    connection = await aiomysql.connect(host="127.0.0.1", port=int(sys.argv[1]), user="root",
                                        password=os.environ.get("MYSQL_PWD", ""), db="mysql")
    per_statement, per_row = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(STATEMENTS):
            async with connection.cursor() as cursor:
                await cursor.execute("SELECT Host, User FROM mysql.user")
                await cursor.fetchall()
        per_statement.append((time.perf_counter() - start) / STATEMENTS * 1e6)
        start = time.perf_counter()
        count = size = 0
        async with connection.cursor(aiomysql.SSCursor) as cursor:
            await cursor.execute("SELECT seq, 'a text' FROM seq_1_to_200000")
            while rows := await cursor.fetchmany(1000):
                for number, text in rows:
                    count += 1
                    size += len(text) if number > 0 else 0
        assert count == ROWS and size == ROWS * 6
        per_row.append((time.perf_counter() - start) / ROWS * 1e6)
    connection.close()
    print(json.dumps({"who": "aiomysql", "select_us": round(statistics.median(per_statement), 1),
                      "row_us": round(statistics.median(per_row), 3)}))


asyncio.run(main())
