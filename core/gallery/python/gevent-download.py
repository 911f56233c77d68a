# 案例
import gevent
from gevent import monkey
import urllib.request

monkey.patch_all()


def download(url):
    response = urllib.request.urlopen(url)
    content = response.read()
    print(f'下载了 {url} 的数据,长度:{len(content)}')


if __name__ == '__main__':
    urls = [
        'https://www.163.com/',
        'https://im.qq.com/index',
        'https://www.baidu.com/'
    ]
    g1 = gevent.spawn(download, urls[0])
    g2 = gevent.spawn(download, urls[1])
    g3 = gevent.spawn(download, urls[2])

    # 类似 g1.join()
    gevent.joinall([g1, g2, g3])
