# Most of a source's compile time is reading the same large headers again. They are read once per folder.
# answerback_precompile(target [NETWORK])     NETWORK: the Asio and Beast headers too
function(answerback_precompile target)
  if(NOT ANSWERBACK_PCH)
    return()
  endif()
  cmake_parse_arguments(ARG "NETWORK" "" "" ${ARGN})
  set(headers <algorithm> <chrono> <functional> <map> <memory> <optional> <string> <string_view> <unordered_map> <variant> <vector>
    <fmt/format.h> <nlohmann/json.hpp>)
  if(ARG_NETWORK)
    list(APPEND headers <boost/asio.hpp> <boost/asio/ssl.hpp> <boost/beast/core.hpp> <boost/beast/http.hpp>)
  endif()
  target_precompile_headers(${target} PRIVATE ${headers})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -fpch-preprocess)
  endif()
endfunction()
