// The program: `rantau serve`, and every use case from a terminal. See cli/cli.h.
#include "cli/cli.h"

int main(int argc, char** argv) { return rantau::cli::run({argv + 1, argv + argc}); }
