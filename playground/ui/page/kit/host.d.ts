// What Gradio hands to a part of the page; props are JSON text or plain values from Python.

export interface Host<Props = Record<string, any>, Server = Record<string, Ask>> {
  /** The part's own element; a module owns it and nothing else. */
  element: HTMLElement;
  /** What Python sends, and `value`, which the part sends back. */
  props: Props;
  /** Functions of Python, by name; each answers JSON. */
  server: Server;
  /** Tell Python of an event, such as "change". */
  trigger: (event: string, detail?: any) => void;
  /** Hear of a prop that Python has changed. */
  watch: (names: string | string[], changed: () => void) => void;
  /** Send a file; where it lies then. */
  upload: (file: File) => Promise<{ path: string; url: string }>;
  /** Fires when the part leaves the page: let go of everything. */
  signal: AbortSignal;
}

export type Ask = (...values: any[]) => Promise<any>;
