import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const read = (environment: Record<string, string>) => readConfig(environment, '/srv/hausfunk');

describe('configuration', () => {
  test('[SV84] nothing has to be set', () => {
    expect(read({})).toMatchObject({
      kind: 'ok',
      config: {
        port: 8080,
        dataDir: '/srv/hausfunk/data',
        publicUrl: undefined,
        trustedProxies: undefined,
        logLevel: 'info',
      },
    });
  });

  test('[SV84] an empty variable counts as not set', () => {
    expect(read({ PORT: '', PUBLIC_URL: '' })).toEqual(read({}));
  });

  test('[SV84] PUBLIC_URL is an origin, with or without the last slash', () => {
    expect(read({ PUBLIC_URL: 'https://chat.example.de/' })).toMatchObject({
      config: { publicUrl: 'https://chat.example.de' },
    });
    for (const wrong of [
      'chat.example.de',
      'https://chat.example.de/app',
      'ftp://chat.example.de',
      'https://a:b@c.de',
    ]) {
      expect(read({ PUBLIC_URL: wrong }), wrong).toMatchObject({ kind: 'wrong' });
    }
  });

  test('[SV84] every problem is told, one sentence each', () => {
    const outcome = read({ PORT: 'eighty', PUBLIC_URL: 'x', TRUSTED_PROXY: '10.0.0.0/64', METRICS_TOKEN: 'short' });
    expect(outcome.kind === 'wrong' && outcome.problems.map((problem) => problem.split(' ')[0])).toEqual([
      'PORT',
      'PUBLIC_URL',
      'TRUSTED_PROXY',
      'METRICS_TOKEN',
    ]);
  });
});
