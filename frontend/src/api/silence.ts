// What the server tells of silence: districts in which a feed sent nothing though something was due.

export interface SilentFeed {
  feed: string;
  name: string;
  agency: string;
  agency_name: string;
  verdict: string;
  since: string;
  until: string | null;
  sentence: string;
}
/** A district in which feeds are silent: its plate in words, and which. */
export interface SilentArea {
  code: string;
  words: string;
  feeds: SilentFeed[];
}
export interface Silence {
  areas: SilentArea[];
}
