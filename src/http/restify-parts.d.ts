// The parts of restify that are used. Its main file also loads every plugin (csv, multipart, signatures): 0.1 s more.
declare module 'restify/lib/server.js' {
  import type { Request, Response, Server, ServerOptions } from 'restify';

  /** The types of the package have forgotten this one: what answers false has taken the request, and restify is done. */
  type First = { first(take: (request: Request, response: Response) => boolean): void };
  const make: new (options: ServerOptions) => Server & First;
  export default make;
}
declare module 'restify/lib/router.js' {
  import type { Router, RouterOptions } from 'restify';

  const make: new (options: RouterOptions) => Router;
  export default make;
}
