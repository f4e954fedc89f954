// Saved views: the only thing the map changes on the server. A question under a name, never an answer.

import { ask, tell } from "./ask";

export interface SavedView {
  number: number;
  name: string;
  url: string;
  shared: boolean;
  mine: boolean;
  owner: string;
}

export class SavedViews {
  constructor(private readonly api: string) {}

  list(): Promise<SavedView[]> {
    return ask<SavedView[]>(`${this.api}/views`);
  }

  save(name: string, query: string, shared: boolean): Promise<unknown> {
    return tell(`${this.api}/views`, { name, query, shared });
  }

  rename(number: number, name: string): Promise<unknown> {
    return tell(`${this.api}/views/${number}/name`, { name });
  }

  share(number: number, shared: boolean): Promise<unknown> {
    return tell(`${this.api}/views/${number}/shared`, { shared });
  }

  remove(number: number): Promise<unknown> {
    return tell(`${this.api}/views/${number}/delete`, {});
  }
}
