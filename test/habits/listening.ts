/** What a provider process prints is shown by the engine: all of it, while something is done. */
export async function listened<T>(act: () => Promise<T>): Promise<{ result: T; printed: string[] }> {
  const printed: string[] = [];
  const streams = [process.stdout, process.stderr] as const;
  const own = streams.map((stream) => Object.getOwnPropertyDescriptor(stream, "write"));
  for (const stream of streams) {
    stream.write = (text: string | Uint8Array) => {
      printed.push(String(text).trimEnd());
      return true;
    };
  }
  try {
    return { result: await act(), printed };
  } finally {
    for (const [i, stream] of streams.entries()) {
      const before = own[i];
      if (before) Object.defineProperty(stream, "write", before);
      else Reflect.deleteProperty(stream, "write");
    }
  }
}
