import asyncio
import requests


async def download_image(url):
    # 发送网络请求,下载图片(遇到网络下载图片的IO请求,自动切换到其它任务)
    print(f'开始下载:{url}')

    # 创建“事件循环”对象
    loop = asyncio.get_event_loop()
    # requests 模块不支持异步操作,所以就使用线程池来配合实现了
    future = loop.run_in_executor(None, requests.get, url)

    response = await future
    print('下载完成')
    # 图片保存到本地
    file_name = url.rsplit('/')[-1]
    with open(file_name, 'wb') as file_object:
        file_object.write(response.content)


if __name__ == '__main__':
    url_list = [
        'https://img.lianzhixiu.com/uploads/allimg/202007/9999/rn27394522a3.jpg',
        'https://img.lianzhixiu.com/uploads/allimg/202102/9999/rnd6d6f2b5b7.jpg',
        'https://img.lianzhixiu.com/uploads/allimg/202106/9999/rn034f9e359f.jpg'
    ]

    tasks = [download_image(url) for url in url_list]
    # 创建“事件循环”对象
    loop = asyncio.get_event_loop()
    # 执行“事件循环”对象
    loop.run_until_complete(asyncio.wait(tasks))
