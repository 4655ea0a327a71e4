export const SHORTEST_REASON = 2
