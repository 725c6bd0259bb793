// Rooms on Socket.IO with its Redis adapter. A message is inserted into PostgreSQL before any client receives it:
// either one insert per message, or one for all messages that arrived during the previous insert.
//
//   DATABASE_URL, REDIS_URL, PORT (0: any), INSERTS (each | batched)
'use strict';

const { createServer } = require('node:http');
const { Server } = require('socket.io');
const { createAdapter } = require('@socket.io/redis-adapter');
const { createClient } = require('redis');
const { Pool } = require('pg');

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const MAX_BATCH = 1000;

async function insertEach(room, author, body) {
  await pool.query({
    name: 'one',
    text: 'INSERT INTO message (room, author, body) VALUES ($1, $2, $3)',
    values: [room, author, body],
  });
}

let waiting = [];
let isInserting = false;

function insertBatched(room, author, body) {
  return new Promise((resolve, reject) => {
    waiting.push({ room, author, body, resolve, reject });
    if (!isInserting) insertWaiting();
  });
}

async function insertWaiting() {
  isInserting = true;
  while (waiting.length > 0) {
    const batch = waiting.slice(0, MAX_BATCH);
    waiting = waiting.slice(MAX_BATCH);
    try {
      await pool.query({
        name: 'many',
        text: 'INSERT INTO message (room, author, body) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])',
        values: [batch.map((it) => it.room), batch.map((it) => it.author), batch.map((it) => it.body)],
      });
      for (const it of batch) it.resolve();
    } catch (fault) {
      for (const it of batch) it.reject(fault);
    }
  }
  isInserting = false;
}

async function main() {
  const store = process.env.INSERTS === 'batched' ? insertBatched : insertEach;
  await pool.query(
    'CREATE TABLE IF NOT EXISTS message (id BIGSERIAL PRIMARY KEY, room TEXT NOT NULL, author TEXT NOT NULL,' +
      ' body TEXT NOT NULL, at TIMESTAMPTZ NOT NULL DEFAULT now())',
  );
  await pool.query('CREATE INDEX IF NOT EXISTS message_room ON message (room, id)');

  // with the default timeout of 5 s, an overload terminates the process
  const publisher = createClient({ url: process.env.REDIS_URL, commandOptions: { timeout: 60_000 } });
  const subscriber = publisher.duplicate();
  await Promise.all([publisher.connect(), subscriber.connect()]);

  const http = createServer();
  const io = new Server(http, {
    transports: ['websocket'],
    perMessageDeflate: false,
    adapter: createAdapter(publisher, subscriber),
  });
  io.on('connection', (socket) => {
    socket.on('join', async (room) => {
      await socket.join(room);
      socket.emit('joined');
    });
    socket.on('say', async (room, body) => {
      await store(room, socket.id, body);
      io.to(room).emit('said', body);
    });
  });
  http.listen(Number(process.env.PORT || 0), '127.0.0.1', 4096, () => {
    console.log(`listens on http://127.0.0.1:${http.address().port}`);
  });
}

main().catch((fault) => {
  console.error(fault);
  process.exit(1);
});
