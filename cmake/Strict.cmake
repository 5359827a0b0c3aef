# One interface target carries the language level and the warnings that every part of the project is built with.
add_library(answerback_strict INTERFACE)
target_compile_features(answerback_strict INTERFACE cxx_std_20)
target_include_directories(answerback_strict INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(answerback_strict INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wcast-align -Wold-style-cast -Wformat=2 -Wimplicit-fallthrough -Wswitch-enum -Wundef)
# Several sources are compiled as one (CMAKE_UNITY_BUILD): a local name may then meet another source's, and what an anonymous
# namespace holds seems to come from a header. Every header is also compiled by itself (tests/house/headers.py).
if(NOT CMAKE_UNITY_BUILD)
  target_compile_options(answerback_strict INTERFACE -Wshadow)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(answerback_strict INTERFACE -Wshadow=local -Wno-subobject-linkage)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 takes the empty alternative of an optional or variant for an uninitialised one (GCC bug 105593 and its kin).
  target_compile_options(answerback_strict INTERFACE -Wno-maybe-uninitialized)
endif()
if(ANSWERBACK_WERROR)
  target_compile_options(answerback_strict INTERFACE -Werror)
endif()
target_compile_definitions(answerback_strict INTERFACE _GLIBCXX_ASSERTIONS BOOST_ASIO_NO_DEPRECATED)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  # _FORTIFY_SOURCE needs optimisation; hardening costs little and the process faces a network.
  target_compile_definitions(answerback_strict INTERFACE _FORTIFY_SOURCE=2)
  target_compile_options(answerback_strict INTERFACE -fstack-protector-strong)
endif()
if(ANSWERBACK_SANITIZE)
  target_compile_options(answerback_strict INTERFACE -fsanitize=${ANSWERBACK_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(answerback_strict INTERFACE -fsanitize=${ANSWERBACK_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # A third of the compiler's time for what AddressSanitizer stops at anyway, or what only the fuzz preset needs to look for.
    target_compile_options(answerback_strict INTERFACE -fno-sanitize=null,alignment)
  endif()
endif()
