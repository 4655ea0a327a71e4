import '../../../app/worker-polyfills.ts'
import { answerOrder, type Order } from './orders.ts'

addEventListener('message', ({ data }: MessageEvent<Order>) => postMessage(answerOrder(data)))
