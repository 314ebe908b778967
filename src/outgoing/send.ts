/** A request for a foreign server, ready to be sent. */
export interface OutgoingRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

/** What came back, whatever its status. Header names are in lower case. */
export interface OutgoingResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface OutgoingLimits {
  /** For the whole exchange, from asking for the address to the last byte of the answer; ten seconds if absent. */
  timeoutMs?: number | undefined;
  /** The most that an answer's body may have; 5 MiB if absent. */
  maxBytes?: number | undefined;
  /** Gives the exchange up. */
  signal?: AbortSignal | undefined;
}

/**
 * Sends a request to a foreign server, and follows no redirect: that is an answer like any other. Rejects with an
 * `OutgoingError` where no whole answer came back, and tells whether the request may have had its effect.
 */
export type Send = (request: OutgoingRequest, limits?: OutgoingLimits) => Promise<OutgoingResponse>;
