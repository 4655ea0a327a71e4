import { type PlainDate, utcDateOf } from './plain-date.ts'

/** The offices' local time: UTC+08:00 all year. Source: contract §1. */
export const LOCAL_OFFSET_MS = 8 * 3_600_000
export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** The local date on which an instant (epoch ms) falls. */
export function localDateOf(at: number): PlainDate {
  return utcDateOf(at + LOCAL_OFFSET_MS)
}

/** Epoch ms of 00:00 local time of a date. */
export function startOfLocalDay(date: PlainDate): number {
  return Date.parse(`${date}T00:00:00Z`) - LOCAL_OFFSET_MS
}

/** 00:00 local time of the day on which an instant falls; epoch ms in and out. */
export function startOfLocalDayAt(at: number): number {
  return Math.floor((at + LOCAL_OFFSET_MS) / DAY_MS) * DAY_MS - LOCAL_OFFSET_MS
}

/** `2026-07-03T14:05:30+08:00`; fractions of a second are cut. */
export function toLocalIso(at: number): string {
  return `${new Date(at + LOCAL_OFFSET_MS).toISOString().slice(0, 19)}+08:00`
}

/** Cuts an instant to its whole second (towards the past). */
export function cutToSecond(at: number): number {
  return Math.floor(at / SECOND_MS) * SECOND_MS
}

/** Epoch ms of ISO 8601 text with an offset; NaN for anything else. */
export function fromIso(text: string): number {
  return Date.parse(text)
}
