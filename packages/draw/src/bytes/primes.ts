function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return false
  return true
}

/** The first `count` primes. */
export function listPrimes(count: number): bigint[] {
  const primes: bigint[] = []
  for (let number = 2; primes.length < count; number += 1) if (isPrime(number)) primes.push(BigInt(number))
  return primes
}

/** The largest whole number whose `degree`th power is at most `value`. */
function rootOf(value: bigint, degree: bigint): bigint {
  let [low, high] = [0n, 1n << 140n]
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle ** degree <= value) low = middle
    else high = middle
  }
  return low
}

/** The first `bits` bits of the fraction of a root of a prime: the constants of SHA-2. Source: FIPS 180-4, 4.2 and 5.3. */
export function rootFraction(prime: bigint, degree: bigint, bits: bigint): bigint {
  return BigInt.asUintN(Number(bits), rootOf(prime << (bits * degree), degree))
}
