/** One caught mail, as a person or a test wants to read it. */
export interface CaughtMail {
  /** The file's name in the catcher's folder. */
  readonly file: string;
  readonly number: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
  /** The `Date` header as it was written. */
  readonly date: string;
  /** The plain text; of a mail with several parts the first plain one. */
  readonly text: string;
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Reads a stored mail (RFC 5322 with MIME). Never throws: what cannot be read is given as it stands. */
export function readMail(file: string, raw: Buffer): CaughtMail {
  // One character per byte, so that each part can later be decoded in its own character set.
  const part = split(raw.toString('latin1'));
  const header = (name: string): string => decodeWords(part.headers.get(name) ?? '');
  return {
    file,
    number: Number.parseInt(file, 10),
    from: header('from'),
    to: header('to'),
    subject: header('subject'),
    messageId: header('message-id'),
    date: header('date'),
    text: plainText(part)?.replace(/\r\n/g, '\n').trimEnd() ?? '',
  };
}

function split(message: string): Part {
  const gap = /\r?\n\r?\n/.exec(message);
  const head = gap === null ? message : message.slice(0, gap.index);
  const body = gap === null ? '' : message.slice(gap.index + gap[0].length);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, body };
}

function plainText(part: Part): string | null {
  const type = part.headers.get('content-type') ?? 'text/plain';
  if (/^multipart\//i.test(type)) {
    const boundary = parameter(type, 'boundary');
    if (boundary === null) return null;
    for (const piece of `\n${part.body}`.split(`\n--${boundary}`).slice(1)) {
      if (piece.startsWith('--')) return null;
      const text = plainText(split(piece.replace(/^[ \t]*\r?\n/, '')));
      if (text !== null) return text;
    }
    return null;
  }
  if (!/^text\/plain\b/i.test(type)) return null;
  const encoding = (part.headers.get('content-transfer-encoding') ?? '').toLowerCase();
  return inCharset(bytesOf(part.body, encoding), parameter(type, 'charset') ?? 'utf-8');
}

function parameter(type: string, name: string): string | null {
  return new RegExp(`;\\s*${name}="?([^";]+)"?`, 'i').exec(type)?.[1] ?? null;
}

function bytesOf(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding === 'quoted-printable') return quotedPrintable(body.replace(/=[ \t]*\r?\n/g, ''));
  return Buffer.from(body, 'latin1');
}

function quotedPrintable(text: string): Buffer {
  const plain = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, 'latin1');
}

function inCharset(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

/** Encoded words of RFC 2047; the blank between two of them is not part of the text. */
function decodeWords(header: string): string {
  const joined = header.replace(/(\?=)\s+(=\?)/g, '$1$2');
  return joined.replace(
    /=\?([^?*]+)(?:\*[^?]*)?\?([BQ])\?([^?]*)\?=/gi,
    (_, charset: string, kind: string, text: string) =>
      inCharset(
        kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : quotedPrintable(text.replace(/_/g, ' ')),
        charset,
      ),
  );
}
