"""
greenlet 已经实现了协程,但是这个人工切换,是不是觉得太麻烦了,不要着急。
Python 还有一个比 greenlet 更强大的并且能够自动切换任务的模块“gevent”。
其原理是当一个 greenlet 遇到 IO(指的是 input output 输入输出,比如:网络、文件操作等)操作时,比如访问网络,就自动切换到其他 greenlet,等到IO完成,在适当的时候切换回来继续执行。

由于 IO 操作非常耗时,经常使程序处于等待状态,有了 gevent 我们自动切换协程,也就保证总有 greenlet 在运行,而不是等待 IO。

https://pypi.org/project/gevent/
http://www.gevent.org/
"""
import time

import gevent
from gevent import monkey

# 猴子补丁,自动将 time.sleep(0.5) 切换为 gevent.sleep(0.5)
monkey.patch_all()


def A():  # 任务A
    for i in range(5):
        print(f'A + {i}')
        time.sleep(0.5)


def B():  # 任务B
    for i in range(5):
        print(f'B + {i}')
        time.sleep(0.5)


def C():  # 任务C
    for i in range(5):
        print(f'C + {i}')
        time.sleep(0.5)


if __name__ == '__main__':
    # 创建 gevent 对象
    ga = gevent.spawn(A)
    gb = gevent.spawn(B)
    gc = gevent.spawn(C)

    ga.join()
    gb.join()
    gc.join()
