import '../../../app/worker-polyfills.ts'
import { createWhatIfEngine } from './what-if-engine.ts'
import type { WhatIfOrder, WhatIfReply } from './what-if-messages.ts'

const engine = createWhatIfEngine(() => performance.now())

addEventListener('message', ({ data }: MessageEvent<WhatIfOrder>) => {
  switch (data.kind) {
    case 'begin':
      engine.begin(data.subject)
      break
    case 'add':
      engine.add(data.units)
      break
    case 'compare': {
      let reply: WhatIfReply
      try {
        reply = { number: data.number, result: engine.compare(data.draft) }
      } catch {
        reply = { number: data.number, result: null }
      }
      postMessage(reply)
    }
  }
})
