import { type Timing, toTiming } from '../measure/repeat.ts'

interface BothTimes {
  readonly wall: Timing
  /** Of this process: what the machine does besides does not count. */
  readonly cpu: Timing
}

/** Once unmeasured, then so many times. */
export function measure(runCount: number, work: () => unknown): BothTimes {
  work()
  const [wall, cpu]: [number[], number[]] = [[], []]
  for (let run = 0; run < runCount; run += 1) {
    const [startedAt, before] = [performance.now(), process.cpuUsage()]
    work()
    const { system, user } = process.cpuUsage(before)
    wall.push(performance.now() - startedAt)
    cpu.push((system + user) / 1_000)
  }
  return { wall: toTiming(wall), cpu: toTiming(cpu) }
}
