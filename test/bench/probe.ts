/** What a service process tells of itself when it is asked; a bench loads this before the service. */
export interface Probed {
  /** CPU of all threads so far, in seconds. */
  cpu: number;
  /** After a garbage collection, in bytes. */
  heap: number;
  rss: number;
}

process.on('message', (what) => {
  if (what === 'memory') for (let i = 0; i < 3; i++) globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({ cpu: (user + system) / 1e6, heap: heapUsed + external, rss } satisfies Probed);
});
process.channel?.unref();
