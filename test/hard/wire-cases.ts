/** A request as bytes, and the status of the only answer that it may get. */
export interface WireCase {
  name: string;
  bytes: string;
  status: number;
}

const host = 'Host: x\r\n';

/** What a server that reads the request in another way than its neighbour would take for the next request. */
const smuggled = `GET /smuggled HTTP/1.1\r\n${host}\r\n`;

const refused = (name: string, bytes: string, status = 400): WireCase => ({ name, bytes, status });
const get = (headers: string, target = '/health', version = 'HTTP/1.1') => `GET ${target} ${version}\r\n${headers}\r\n`;
const post = (headers: string, body: string, version = 'HTTP/1.1') =>
  `POST /graphql ${version}\r\n${host}${headers}\r\n${body}`;
const chunked = 'Transfer-Encoding: chunked\r\n';
const emptyChunk = `0\r\n\r\n${smuggled}`;

/** Lengths that contradict each other, or can be read in two ways. */
const lengths = [
  refused('a length and chunks', post(`Content-Length: 5\r\n${chunked}`, emptyChunk)),
  refused('chunks and a length', post(`${chunked}Content-Length: 5\r\n`, emptyChunk)),
  refused('two lengths', post(`Content-Length: 0\r\nContent-Length: ${smuggled.length}\r\n`, smuggled)),
  refused('the same length twice', post('Content-Length: 2\r\nContent-Length: 2\r\n', `{}${smuggled}`)),
  refused('a list of lengths', post('Content-Length: 2, 2\r\n', `{}${smuggled}`)),
  refused('a length with a sign', post('Content-Length: +2\r\n', `{}${smuggled}`)),
  refused('a negative length', post('Content-Length: -1\r\n', smuggled)),
  refused('a hexadecimal length', post('Content-Length: 0x2\r\n', `{}${smuggled}`)),
  refused('an endless length', post(`Content-Length: ${'9'.repeat(30)}\r\n`, smuggled)),
];

/** Encodings that only some would recognise. */
const encodings = [
  refused('an encoding with a space before its colon', post('Transfer-Encoding : chunked\r\n', emptyChunk)),
  refused('an encoding that is nearly chunked', post('Transfer-Encoding: xchunked\r\n', emptyChunk)),
  refused('an encoding behind a vertical tab', post('Transfer-Encoding: \x0bchunked\r\n', emptyChunk)),
  refused('an encoding in quotes', post('Transfer-Encoding: "chunked"\r\n', emptyChunk)),
  refused('an encoding on a folded line', post('Transfer-Encoding:\r\n chunked\r\n', emptyChunk)),
  refused('chunked, then identity', post(`${chunked}Transfer-Encoding: identity\r\n`, emptyChunk)),
  refused('compressed, then chunked', post('Transfer-Encoding: gzip, chunked\r\n', emptyChunk)),
  refused('chunks in HTTP/1.0', post(chunked, emptyChunk, 'HTTP/1.0')),
  refused('a chunk that is longer than it says', post(chunked, `2\r\n{}{}\r\n${emptyChunk}`)),
  refused('chunks that end with bare line feeds', post(chunked, `2\n{}\n${emptyChunk}`)),
  refused('a chunk of an endless length', post(chunked, `${'f'.repeat(20)}\r\n{}\r\n${emptyChunk}`)),
  refused('a chunk with an endless extension', post(chunked, `2;${'x'.repeat(20_000)}\r\n{}\r\n${emptyChunk}`), 413),
];

/** Requests that name several targets, or none that is ours to answer. */
const targets = [
  refused('two hosts', get(`Host: a\r\nHost: b\r\n`)),
  refused('a second host behind a thousand headers', get(`Host: a\r\n${'a:\r\n'.repeat(1500)}Host: b\r\n`)),
  refused('no host', get('')),
  refused('an absolute target', get(host, 'http://other.example/health')),
  refused('no path', get(host, '*')),
  refused('a path with a space', get(host, '/health /health')),
  refused('CONNECT', `CONNECT other.example:443 HTTP/1.1\r\n${host}\r\n${smuggled}`),
  refused('TRACE', `TRACE /health HTTP/1.1\r\n${host}Authorization: Bearer secret\r\n\r\n`),
  refused('a method that nobody knows', `SMUGGLE /health HTTP/1.1\r\n${host}\r\n`),
];

/** Other protocols, and bytes that are no text. */
const foreign = [
  refused('HTTP/0.9', 'GET /health\r\n\r\n'),
  refused('HTTP/0.9 by name', get('', '/health', 'HTTP/0.9')),
  refused('HTTP/2 by name', get(host, '/health', 'HTTP/2.0')),
  refused('the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  refused('the beginning of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'),
  refused('bare line feeds', 'GET /health HTTP/1.1\nHost: x\n\n'),
  refused('a bare carriage return in a header', get(`${host}X-A: a\rX-B: b\r\n`)),
  refused('a folded header', get(`${host}X-A: a\r\n b\r\n`)),
  refused('a header without a colon', get(`${host}X-A\r\n`)),
  refused('NUL in a header', get(`${host}X-A: a\0b\r\n`)),
  refused('NUL in a name', get(`${host}X\0: a\r\n`)),
  refused('NUL in a path', get(host, '/\0')),
  refused('a header of 17 KB', get(`${host}X-A: ${'a'.repeat(17_000)}\r\n`), 431),
  refused('a path of 17 KB', get(host, `/${'a'.repeat(17_000)}`), 431),
];

export const wireCases = [...lengths, ...encodings, ...targets, ...foreign];
