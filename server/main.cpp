#include <cstdio>

#include "server/version.hpp"

int main() { std::puts(answerback::server::version().data()); }
