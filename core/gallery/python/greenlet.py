# 使用 greenlet 完成协程任务
# https://pypi.org/project/greenlet/
# https://greenlet.readthedocs.io/en/latest/
import time

from greenlet import greenlet


def A():  # 任务A
    for i in range(5):
        print(f'A + {i}')
        # 遇到阻塞,切换为 任务B
        gb.switch()
        time.sleep(0.5)


def B():  # 任务B
    for i in range(5):
        print(f'B + {i}')
        # 遇到阻塞,切换为 任务C
        gc.switch()
        time.sleep(0.5)


def C():  # 任务C
    for i in range(5):
        print(f'C + {i}')
        # 遇到阻塞,切换为 任务A
        ga.switch()
        time.sleep(0.5)


if __name__ == '__main__':
    # 创建 greenlet 对象
    ga = greenlet(A)
    gb = greenlet(B)
    gc = greenlet(C)
    # 调用任务A
    ga.switch()
