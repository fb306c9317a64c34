// The parts of restify that are used. Its main file also loads every plugin (csv, multipart, signatures): 0.1 s more.
declare module 'restify/lib/server.js' {
  import type { Server, ServerOptions } from 'restify';

  const make: new (options: ServerOptions) => Server;
  export default make;
}
declare module 'restify/lib/router.js' {
  import type { Router, RouterOptions } from 'restify';

  const make: new (options: RouterOptions) => Router;
  export default make;
}
