/** Node's HTTP module. An `import` of it would also load all of Node's `fetch` and WebSocket: 20 ms of CPU at each start. */
export const nodeHttp = process.getBuiltinModule('node:http');
