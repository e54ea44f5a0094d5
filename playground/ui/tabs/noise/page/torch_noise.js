// @ts-check
// The numbers that torch.randn draws on a CPU for a seed, so that noise need not be sent: Mersenne
// Twister (Matsumoto & Nishimura 1998), 24 bits a number, Box-Muller in blocks of 16.

const WORDS = 624;

/**
 * Return what draws normal numbers, in torch's order, for this seed.
 * @param {number} seed
 */
export function normalStream(seed) {
  const state = new Uint32Array(WORDS);
  state[0] = seed % 4294967296;
  for (let i = 1; i < WORDS; i++) {
    state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
  }
  let at = WORDS;

  function twist() {
    for (let i = 0; i < WORDS; i++) {
      const y = (state[i] & 0x80000000) | (state[i < WORDS - 1 ? i + 1 : 0] & 0x7fffffff);
      state[i] = state[i < 227 ? i + 397 : i - 227] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    at = 0;
  }

  function uniform() {
    if (at === WORDS) twist();
    let y = state[at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return (y & 0xffffff) / 16777216;
  }

  return {
    /**
     * Fill this, whose length is a multiple of 16, and return it.
     * @param {Float32Array} out
     */
    normals(out) {
      for (let i = 0; i < out.length; i++) out[i] = uniform();
      for (let block = 0; block < out.length; block += 16) {
        for (let i = block; i < block + 8; i++) {
          const radius = Math.sqrt(-2 * Math.log(1 - out[i]));
          const turn = 2 * Math.PI * out[i + 8];
          out[i] = radius * Math.cos(turn);
          out[i + 8] = radius * Math.sin(turn);
        }
      }
      return out;
    },
  };
}
