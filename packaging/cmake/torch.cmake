# Torch::Torch from the pinned PyPI wheel. The wheel's own TorchConfig.cmake insists on a CUDA toolkit even for CPU
# work, so the imported target is made here. Set WORDSIGHT_TORCH_DIR to the folder that holds include/ and lib/.
set(WORDSIGHT_TORCH_DIR "" CACHE PATH "Folder 'torch' of an installed PyPI torch wheel")
set(candidates ${WORDSIGHT_TORCH_DIR} $ENV{WORDSIGHT_TORCH_DIR} $ENV{WORDSIGHT_DEPS}/torch
    /opt/wordsight-deps/torch $ENV{HOME}/.cache/wordsight/deps/torch)
find_path(WORDSIGHT_TORCH_INCLUDE torch/csrc/api/include/torch/torch.h
          PATHS ${candidates} PATH_SUFFIXES include NO_DEFAULT_PATH)
if(NOT WORDSIGHT_TORCH_INCLUDE)
  message(FATAL_ERROR "libtorch was not found (looked in: ${candidates}). "
                      "Run packaging/deps/install.sh, or set -DWORDSIGHT_TORCH_DIR=<site-packages>/torch.")
endif()
get_filename_component(torch_root ${WORDSIGHT_TORCH_INCLUDE} DIRECTORY)
get_filename_component(torch_site ${torch_root} DIRECTORY)
set(torch_lib ${torch_root}/lib)
add_library(Torch::Torch INTERFACE IMPORTED GLOBAL)
target_include_directories(Torch::Torch SYSTEM INTERFACE ${WORDSIGHT_TORCH_INCLUDE}
                           ${WORDSIGHT_TORCH_INCLUDE}/torch/csrc/api/include)
# libtorch_cpu of the CUDA wheel needs cupti and cudart at run time only: rpath to them, no link.
file(GLOB cuda_libs ${torch_site}/nvidia/*/lib)
# The wheel's own OpenMP runtime: our kernels (neural) share its threads; a second runtime would mean a second pool.
file(GLOB torch_openmp ${torch_lib}/libgomp*)
target_link_libraries(Torch::Torch INTERFACE ${torch_lib}/libtorch_cpu.so ${torch_lib}/libc10.so ${torch_openmp})
target_link_options(Torch::Torch INTERFACE "LINKER:-rpath,${torch_lib}" "LINKER:--allow-shlib-undefined")
foreach(dir IN LISTS cuda_libs)
  target_link_options(Torch::Torch INTERFACE "LINKER:-rpath,${dir}" "LINKER:-rpath-link,${dir}")
endforeach()
message(STATUS "libtorch: ${torch_root}")

# One precompiled torch.h for all targets: the header alone costs 14-16 s a source file.
function(wordsight_use_torch_header target)
  if(NOT TARGET wordsight_torch_header)
    set(stub ${PROJECT_BINARY_DIR}/torch_header.cpp)
    if(NOT EXISTS ${stub})
      file(WRITE ${stub} "// holds the precompiled torch.h\n")
    endif()
    add_library(wordsight_torch_header STATIC ${stub})
    target_link_libraries(wordsight_torch_header PUBLIC Torch::Torch PRIVATE wordsight_flags)
    target_precompile_headers(wordsight_torch_header PRIVATE <torch/torch.h>)
  endif()
  target_link_libraries(${target} PRIVATE Torch::Torch)
  target_precompile_headers(${target} REUSE_FROM wordsight_torch_header)
  # Executables would be compiled with -fPIE, and GCC then leaves the header, precompiled with -fPIC, unused.
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "EXECUTABLE")
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(${target} PRIVATE -fPIC)
  endif()
endfunction()

# wordsight_calm_openmp(): programs of this directory load app/openmp, which keeps OpenMP's threads from spinning long.
macro(wordsight_calm_openmp target)
  string(APPEND CMAKE_CXX_STANDARD_LIBRARIES " -L${PROJECT_BINARY_DIR}/app/openmp -Wl,--no-as-needed -lwordsight_openmp")
  target_link_options(${target} PRIVATE "LINKER:-rpath,${PROJECT_BINARY_DIR}/app/openmp")
  add_dependencies(${target} wordsight_openmp)
endmacro()
