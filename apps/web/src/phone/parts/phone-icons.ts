/** Outlines of 16 × 16 px for the inspector's pages. An icon never stands without its word. */
export const PHONE_ICONS = {
  back: ['M13 8H3M6.5 4.5 3 8l3.5 3.5'],
  offline: ['M2 5.8a9 9 0 0 1 12 0M4.2 8.3a5.7 5.7 0 0 1 7.6 0M6.3 10.7a2.6 2.6 0 0 1 3.4 0M2.5 13.5l11-11'],
  upload: ['M8 10.5v-8M4.8 5.4 8 2.2l3.2 3.2M2.5 10.5v3h11v-3'],
  phone: [
    'M3 2.5h3l1.2 3.2-1.7 1.2a8 8 0 0 0 3.6 3.6l1.2-1.7L13.5 10v3a1 1 0 0 1-1 1A10.5 10.5 0 0 1 2 3.5a1 1 0 0 1 1-1Z',
  ],
  check: ['m3 8.4 3.3 3.3L13 4.8'],
  undo: ['M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M5.5 4 3 6.5 5.5 9'],
  mic: ['M8 2a2 2 0 0 1 2 2v3a2 2 0 0 1-4 0V4a2 2 0 0 1 2-2z', 'M3.8 7.5a4.2 4.2 0 0 0 8.4 0M8 11.7V14'],
  plus: ['M8 3v10M3 8h10'],
  clock: ['M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0z', 'M8 4.8V8l2.2 1.4'],
  next: ['m6.2 4 4 4-4 4'],
  more: ['M4 8h.01M8 8h.01M12 8h.01'],
} as const

export type PhoneIconName = keyof typeof PHONE_ICONS
