'use strict';
// Polku as an entry of a peer driver: how it is started, what its users say, and how they say it over Direct Line 3.0.
const { execFileSync } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const { mkdtempSync } = require('node:fs');
const net = require('node:net');
const { tmpdir } = require('node:os');
const path = require('node:path');

const root = path.join(__dirname, '../../..');
const lines = require('../script.json');
const exec = path.join(root, 'node_modules/node/bin/node');

// As it runs in production.
execFileSync(exec, ['src/build-cli.ts'], { cwd: root });

/** What the user number `n` says, and what must be heard then. */
function script(n) {
  return lines.map(({ say, hear }, i) => [say[(n * 7 + i * 3) % say.length], `[${hear}]`]);
}

/** A reply by the question that it asks, so that the words may change. */
const named = ({ text, channelData, suggestedActions }) => {
  const mark = channelData?.question
    ? `${channelData.flow}.${channelData.question}`
    : suggestedActions
      ? 'menu'
      : 'said';
  return `[${mark}] ${text}`;
};

const start = {
  exec,
  dir: root,
  file: 'dist/start.js',
  script,
  env: () => ({ DATA_DIR: mkdtempSync(path.join(tmpdir(), 'polku-peer-')), LOG_LEVEL: 'error' }),
};

const peers = {
  'P-messages': {
    ...start,
    wire: 'polku',
    more: { BOT_AUTH: 'none' },
    what: 'Polku over /api/messages, every turn durable in SQLite',
  },
  'P-directline': {
    ...start,
    wire: 'directline',
    more: { PROXIES: '1' },
    what: 'Polku over its embedded Direct Line: REST in, WebSocket out',
  },
  'P-cosmos': {
    ...start,
    wire: 'polku',
    store: 'cosmos',
    more: { BOT_AUTH: 'none', STORE: 'cosmos' },
    what: 'Polku on a Cosmos stand-in',
  },
};

/** One user of the embedded Direct Line, as the chat does it: token and socket, then a turn is one POST and the pushed replies. */
async function openDirectLine(srv, conn, u) {
  const from = `X-Forwarded-For: 10.${(u.n >> 16) & 255}.${(u.n >> 8) & 255}.${u.n & 255}\r\n`;
  const given = JSON.parse((await conn.post('/api/token', '{"language":"en"}', from)).body);
  const headers = `${from}Authorization: Bearer ${given.token}\r\n`;
  const socket = await openSocket(srv.port, given.streamUrl);
  let heard = [];
  let wake = () => {};
  socket.onText = (text) => {
    for (const activity of JSON.parse(text).activities ?? []) {
      if (activity.from?.role === 'bot' && activity.type === 'message') heard.push(named(activity));
    }
    wake();
  };
  return {
    async say(i, text, wanted) {
      heard = [];
      const answer = conn.post(
        `/v3/directline/conversations/${given.conversationId}/activities`,
        JSON.stringify({ type: 'message', text, locale: 'en-US', channelData: { clientActivityID: `${u.uid}-${i}` } }),
        headers,
      );
      const { status } = await answer;
      const until = Date.now() + 5000;
      while (!heard.some((one) => one.includes(wanted)) && Date.now() < until) {
        await new Promise((resolve) => {
          wake = resolve;
          setTimeout(resolve, 1000).unref();
        });
      }
      return { status, seen: heard };
    },
    close: () => socket.close(),
  };
}

/** A WebSocket client that costs little: whole text frames of the server, nothing sent. */
function openSocket(port, url) {
  const { pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const tcp = net.connect({ port, host: '127.0.0.1', noDelay: true });
    const socket = { onText: () => {}, close: () => tcp.destroy() };
    let buffer = Buffer.alloc(0);
    let isOpen = false;
    tcp.on('error', reject);
    tcp.on('connect', () =>
      tcp.write(
        `GET ${pathname}${search} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
      ),
    );
    tcp.on('data', (data) => {
      buffer = buffer.length ? Buffer.concat([buffer, data]) : data;
      if (!isOpen) {
        const end = buffer.indexOf('\r\n\r\n');
        if (end < 0) return;
        if (!buffer.latin1Slice(0, end).includes(' 101 ')) return reject(new Error(buffer.latin1Slice(0, 300)));
        buffer = buffer.subarray(end + 4);
        isOpen = true;
        resolve(socket);
      }
      while (buffer.length >= 2) {
        let length = buffer[1] & 127;
        let head = 2;
        if (length === 126) {
          if (buffer.length < 4) return;
          length = buffer.readUInt16BE(2);
          head = 4;
        } else if (length === 127) {
          if (buffer.length < 10) return;
          length = Number(buffer.readBigUInt64BE(2));
          head = 10;
        }
        if (buffer.length < head + length) return;
        if ((buffer[0] & 15) === 1) socket.onText(buffer.utf8Slice(head, head + length));
        buffer = buffer.subarray(head + length);
      }
    });
  });
}

module.exports = { peers, named, openDirectLine };
