/* How long OpenMP's threads spin while they wait for work, set before libgomp reads its environment.
 *
 * libgomp's default is to spin for milliseconds, which on a machine where another process wants a core keeps that core
 * from both: training beside one busy process took 15.0 s where it took 8.2 s with 1,000 turns (60 steps of the demo, two
 * cores), and alone 4.4 to 4.7 s against 4.3 to 4.4 s. libgomp reads GOMP_SPINCOUNT once, when it is loaded: before main(),
 * so the variable is set by the constructor of a library that is loaded earlier. Should a loader order them otherwise,
 * the default holds and nothing else changes. Whoever set a policy keeps it.
 */
#include <stdlib.h>

__attribute__((constructor)) static void wordsight_openmp_environment(void) {
  if (!getenv("OMP_WAIT_POLICY")) setenv("GOMP_SPINCOUNT", "1000", 0);
}
