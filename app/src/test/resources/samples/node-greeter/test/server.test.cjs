const assert = require('node:assert/strict');
const { once } = require('node:events');
const { after, before, test } = require('node:test');
const { serve } = require('../src/server.cjs');

let server;

before(async () => {
  server = serve(0);
  await once(server, 'listening');
});

after(() => server.close());

async function get(target) {
  const response = await fetch(`http://127.0.0.1:${server.address().port}${target}`);
  return [response.status, await response.json()];
}

test('is healthy', async () => {
  assert.deepEqual(await get('/health'), [200, { status: 'up' }]);
});

test('greets', async () => {
  assert.deepEqual(await get('/greet?name=Ada&language=fr'), [200, { greeting: 'Bonjour, Ada!' }]);
});

test('says what it cannot do', async () => {
  assert.deepEqual(await get('/greet?language=tlh'), [404, { error: 'no greeting in tlh' }]);
  assert.deepEqual(await get('/elsewhere'), [404, { error: 'nothing here' }]);
});
