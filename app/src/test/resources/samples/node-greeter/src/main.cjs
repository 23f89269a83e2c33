const { serve } = require('./server.cjs');

const server = serve(Number(process.env.PORT ?? 8080));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
