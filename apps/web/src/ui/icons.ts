export interface IconLine {
  readonly d: string
  readonly width?: number
  readonly dash?: string
}

function lines(...paths: readonly (string | IconLine)[]): readonly IconLine[] {
  return paths.map((path) => (typeof path === 'string' ? { d: path } : path))
}

/** Outlines of 16 × 16 px, drawn with a 1.4 px line. An icon never stands without its word. */
export const ICONS = {
  home: lines('M2.5 7.5 8 3l5.5 4.5M4 6.5v7h8v-7'),
  ranking: lines('M2.5 4h7M2.5 8h11M2.5 12h5'),
  report: lines('M3.5 1.8h6l3 3v9.4h-9zM9.5 1.8v3h3'),
  dice: lines('M4 2.5h8A1.5 1.5 0 0 1 13.5 4v8a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 12V4A1.5 1.5 0 0 1 4 2.5z', {
    d: 'M5.5 5.5h.01M10.5 5.5h.01M8 8h.01M5.5 10.5h.01M10.5 10.5h.01',
    width: 2,
  }),
  settings: lines(
    'M10.2 8a2.2 2.2 0 1 1-4.4 0 2.2 2.2 0 0 1 4.4 0z',
    'M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4',
  ),
  search: lines('M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0z', 'm10.5 10.5 3.5 3.5'),
  close: lines('m4 4 8 8M12 4l-8 8'),
  down: lines('m4 6.2 4 4 4-4'),
  up: lines('m4 9.8 4-4 4 4'),
  left: lines('m9.8 4-4 4 4 4'),
  right: lines('m6.2 4 4 4-4 4'),
  menu: lines('M2.5 4h11M2.5 8h11M2.5 12h11'),
  print: lines('M4.5 6V2h7v4M4.5 11.5H2.5V6h11v5.5h-2M4.5 9.5h7V14h-7z'),
  table: lines('M2.5 2.5h11v11h-11z', 'M2.5 6h11M2.5 9.7h11M6.5 6v7.5'),
  columns: lines('M2.5 3h11v10h-11z', 'M6.2 3v10M9.9 3v10'),
  clock: lines('M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0z', 'M8 4.8V8l2.2 1.4'),
  notMeasured: lines({ d: 'M2.8 2.8h10.4v10.4H2.8z', dash: '2.2 2.2' }),
  upload: lines('M8 10.5v-8M4.8 5.4 8 2.2l3.2 3.2M2.5 10.5v3h11v-3'),
  download: lines('M8 2.2v8M4.8 7.2 8 10.4l3.2-3.2M2.5 10.5v3h11v-3'),
  chart: lines('M2.5 13.5h11M4 11V8M8 11V3M12 11V6'),
  calendar: lines('M2.5 3.5h11v10h-11z', 'M2.5 6.5h11M5.5 2v3M10.5 2v3'),
} as const satisfies Record<string, readonly IconLine[]>

export type IconName = keyof typeof ICONS
