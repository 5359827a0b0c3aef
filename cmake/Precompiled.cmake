# The standard headers and nlohmann's are read once for all folders: answerback_flows, the first of them, keeps the precompiled
# form and the others use it. No more than these: headers that bring objects of their own (Asio, CLI11) would put them into every
# source and cost more than they save.
function(answerback_precompile target)
  if(NOT ANSWERBACK_PCH)
    return()
  endif()
  if(target STREQUAL "answerback_flows")
    target_precompile_headers(${target} PRIVATE <algorithm> <chrono> <functional> <map> <memory> <optional> <string> <string_view>
      <unordered_map> <variant> <vector> <nlohmann/json.hpp>)
  else()
    target_precompile_headers(${target} REUSE_FROM answerback_flows)
  endif()
  answerback_ccache_with_precompiled(${target})
endfunction()

# ccache reads what the preprocessor makes of a source; without this g++ leaves the precompiled headers out of it.
function(answerback_ccache_with_precompiled target)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -fpch-preprocess)
  endif()
endfunction()
