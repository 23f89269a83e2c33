const http = require('node:http');
const { greet } = require('./greetings.cjs');

function answer(target) {
  const { pathname, searchParams } = new URL(target, 'http://localhost');
  if (pathname === '/health') {
    return [200, { status: 'up' }];
  }
  if (pathname === '/greet') {
    const language = searchParams.get('language') ?? 'en';
    const greeting = greet(searchParams.get('name') ?? '', language);
    return greeting === undefined
      ? [404, { error: `no greeting in ${language}` }]
      : [200, { greeting }];
  }
  return [404, { error: 'nothing here' }];
}

/** Answers on this port of 127.0.0.1; 0 is any free one. */
function serve(port) {
  const server = http.createServer((request, response) => {
    const [status, body] = answer(request.url);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  return server.listen(port, '127.0.0.1');
}

module.exports = { serve };
