/** How long a page's main thread was not free: the longest gap between two turns of a loop that asks for the next turn at once. */
export interface BlockMeter {
  /** Ends the measurement; milliseconds. */
  stop(): number;
}

export function startBlockMeter(): BlockMeter {
  const channel = new MessageChannel();
  let lastMs = performance.now();
  let longestMs = 0;
  const look = (): void => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
  };
  channel.port1.onmessage = () => {
    look();
    channel.port2.postMessage(0);
  };
  channel.port2.postMessage(0);
  return {
    stop() {
      look();
      channel.port1.close();
      return longestMs;
    },
  };
}
