// What a transcript is made of.

const PATIENCE_MILLIS = 30_000;

/** Every message that comes, in the order in which it does. */
export class Record {
  messages = [];
  #ignored = new Set();
  #waiting = [];

  add(message) {
    if (this.#ignored.has(message.params?.progressToken)) return;
    this.messages.push(message);
    this.#waiting.forEach((look) => look());
  }

  /** Progress of what was cancelled comes or does not: a race with any server. */
  ignoreProgress(token) {
    this.#ignored.add(token);
  }

  /** Resolves as soon as such a message has come. */
  until(what, wanted) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`never came: ${what}`)), PATIENCE_MILLIS);
      const look = () => {
        const found = this.messages.find(wanted);
        if (!found) return;
        clearTimeout(timer);
        resolve(found);
      };
      this.#waiting.push(look);
      look();
    });
  }

  /**
   * Over HTTP messages come by several streams, which are ordered each by itself alone. A server that keeps events tells
   * them again to whom reconnects, as often as that happens: what has come is here once.
   */
  byStream() {
    const streams = {};
    for (const text of new Set(this.messages.map((message) => JSON.stringify(message)))) {
      const message = JSON.parse(text);
      const stream = message.method ?? `answer ${message.id}`;
      (streams[stream] ??= []).push(message);
    }
    return streams;
  }
}

/** What comes of it, or why nothing does. */
export async function outcome(work) {
  try {
    return { result: (await work()) ?? null };
  } catch (error) {
    return { error: { code: error.code ?? null, message: error.message, data: error.data ?? null } };
  }
}
