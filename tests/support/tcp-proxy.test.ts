import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { CLEAR, openTcpProxy, type TcpProxy } from './tcp-proxy.ts';

const dispose: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of dispose.splice(0).toReversed()) await one();
});

async function echoBehindProxy(): Promise<TcpProxy> {
  const echo = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const proxy = await openTcpProxy({ targetPort: (echo.address() as AddressInfo).port, random: () => 0.5 });
  dispose.push(() => echo.close(), proxy.close);
  return proxy;
}

async function dial(proxy: TcpProxy): Promise<Socket> {
  const socket = connect({ port: proxy.port, host: '127.0.0.1' });
  dispose.push(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

const echoed = async (socket: Socket): Promise<string> => String((await once(socket, 'data'))[0]);

describe('the bad line', () => {
  test('passes bytes both ways and counts them', async () => {
    const proxy = await echoBehindProxy();
    const socket = await dial(proxy);
    socket.write('hello');
    expect(await echoed(socket)).toBe('hello');
    expect(proxy.traffic()).toEqual({ upBytes: 5, downBytes: 5, connections: 1 });
  });

  test('delays each direction by its latency and half of the jitter', async () => {
    const proxy = await echoBehindProxy();
    const socket = await dial(proxy);
    await proxy.setWeather({ kind: 'open', latencyMs: 40, jitterMs: 20 });
    const startedMs = performance.now();
    socket.write('slow');
    await echoed(socket);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(99);
  });

  test('holds everything in a black hole, closes nothing, and delivers when it clears', async () => {
    const proxy = await echoBehindProxy();
    const socket = await dial(proxy);
    await proxy.setWeather({ kind: 'black-hole' });
    socket.write('held');
    const answer = echoed(socket);
    const second = await dial(proxy);
    expect(second.readyState).toBe('open');
    expect(proxy.traffic().downBytes).toBe(0);
    await proxy.setWeather(CLEAR);
    expect(await answer).toBe('held');
  });

  test('refuses new connections and keeps the old ones', async () => {
    const proxy = await echoBehindProxy();
    const socket = await dial(proxy);
    await proxy.setWeather({ kind: 'refused' });
    await expect(dial(proxy)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    socket.write('still here');
    expect(await echoed(socket)).toBe('still here');
    await proxy.setWeather(CLEAR);
    expect((await dial(proxy)).readyState).toBe('open');
  });

  test('cuts every connection by a reset', async () => {
    const proxy = await echoBehindProxy();
    const socket = await dial(proxy);
    const broken = once(socket, 'error');
    socket.write('x');
    await echoed(socket);
    proxy.reset();
    expect((await broken)[0]).toMatchObject({ code: 'ECONNRESET' });
  });
});
