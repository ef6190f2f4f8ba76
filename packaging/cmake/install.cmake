# What `cmake --install` puts where: programs, the libtorch that they need, the desktop's files, manual pages.
# Included at the end of the top CMakeLists.txt. packaging/ci/package.sh makes the Debian package from it.
include(GNUInstallDirs)

# libtorch is a private copy, /usr/lib/wordsight/libtorch: no distribution has this version, and nothing else shall find it.
set(WORDSIGHT_PRIVATE_LIBDIR lib/wordsight/libtorch)
file(RELATIVE_PATH private_from_bin /${CMAKE_INSTALL_BINDIR} /${WORDSIGHT_PRIVATE_LIBDIR})
set(programs)
foreach(program IN ITEMS wordsight-cli wordsight)
  if(TARGET ${program})
    list(APPEND programs ${program})
  endif()
endforeach()
# The build's run path, which names folders of this machine, goes as a whole.
set_target_properties(${programs} PROPERTIES INSTALL_RPATH "$ORIGIN/${private_from_bin}"
                      INSTALL_REMOVE_ENVIRONMENT_RPATH ON)
install(TARGETS ${programs} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS wordsight_openmp LIBRARY DESTINATION ${WORDSIGHT_PRIVATE_LIBDIR})

# The wheel's libraries that the programs need, and what those need in turn: the list is read from the programs when they
# are installed, so a build with CUDA brings more. They find each other because libtorch's own run path ends in $ORIGIN.
file(GLOB wheel_libraries ${torch_lib}/*.so* ${torch_site}/nvidia/*/lib/*.so*)
set(wheel_names)
foreach(library IN LISTS wheel_libraries)
  get_filename_component(name ${library} NAME)
  string(REGEX REPLACE "([.+])" "[\\1]" name "${name}")
  list(APPEND wheel_names "^${name}$")
endforeach()
set(built)
foreach(program IN LISTS programs)
  list(APPEND built "$<TARGET_FILE:${program}>")
endforeach()
install(CODE "
  set(names [==[${wheel_names}]==])
  file(GET_RUNTIME_DEPENDENCIES EXECUTABLES ${built} RESOLVED_DEPENDENCIES_VAR found UNRESOLVED_DEPENDENCIES_VAR missing
       CONFLICTING_DEPENDENCIES_PREFIX twice PRE_INCLUDE_REGEXES \${names} PRE_EXCLUDE_REGEXES .)
  if(missing OR twice_FILENAMES OR NOT found)
    message(FATAL_ERROR \"libtorch could not be collected: missing [\${missing}], ambiguous [\${twice_FILENAMES}]. \"
                        \"Run packaging/deps/install.sh and build again.\")
  endif()
  file(INSTALL \${found} DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${WORDSIGHT_PRIVATE_LIBDIR}\" FOLLOW_SYMLINK_CHAIN
       FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
  if(CMAKE_INSTALL_DO_STRIP)
    # 451 MB of libtorch_cpu.so become 358. NVIDIA's licence wants its files as they are.
    foreach(library IN LISTS found)
      get_filename_component(name \${library} NAME)
      if(NOT name MATCHES \"^lib(torch|c10)\")
        continue()
      endif()
      execute_process(COMMAND \"${CMAKE_STRIP}\" --strip-unneeded
                      \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${WORDSIGHT_PRIVATE_LIBDIR}/\${name}\" COMMAND_ERROR_IS_FATAL ANY)
    endforeach()
  endif()")
file(GLOB wheel_licences ${torch_site}/torch-*.dist-info/licenses/LICENSE ${torch_site}/torch-*.dist-info/licenses/NOTICE)
install(FILES ${wheel_licences} DESTINATION ${CMAKE_INSTALL_DOCDIR}/libtorch)
file(GLOB wheel_licences ${torch_site}/nvidia_cuda_runtime-*.dist-info/licenses/License.txt)
install(FILES ${wheel_licences} DESTINATION ${CMAKE_INSTALL_DOCDIR}/cuda)

set(desktop ${PROJECT_SOURCE_DIR}/packaging/desktop)
install(FILES ${desktop}/wordsight-cli.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

if(TARGET wordsight)
  set(id io.github.wordsight.Wordsight)
  install(FILES ${desktop}/wordsight.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${desktop}/${id}.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES ${desktop}/${id}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
  install(FILES ${desktop}/${id}.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages)

  set(icons ${PROJECT_SOURCE_DIR}/resources/icons)
  set(hicolor ${CMAKE_INSTALL_DATADIR}/icons/hicolor)
  set(document application-x-wordsight+sqlite3)  # the name that desktops make of the MIME type
  install(FILES ${icons}/wordsight.svg DESTINATION ${hicolor}/scalable/apps RENAME ${id}.svg)
  install(FILES ${icons}/wordsight-document.svg DESTINATION ${hicolor}/scalable/mimetypes RENAME ${document}.svg)
  # Desktops without an SVG loader need the icon as PNG; without rsvg-convert the scalable one has to do.
  find_program(WORDSIGHT_RSVG rsvg-convert)
  mark_as_advanced(WORDSIGHT_RSVG)
  if(WORDSIGHT_RSVG)
    foreach(size IN ITEMS 16 22 24 32 48 64 128 256)
      set(drawing wordsight)
      if(size LESS 32)
        set(drawing wordsight-small)
      endif()
      install(CODE "
        set(to \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${hicolor}/${size}x${size}\")
        file(MAKE_DIRECTORY \"\${to}/apps\" \"\${to}/mimetypes\")
        execute_process(COMMAND \"${WORDSIGHT_RSVG}\" -w ${size} -h ${size} \"${icons}/${drawing}.svg\"
                                -o \"\${to}/apps/${id}.png\" COMMAND_ERROR_IS_FATAL ANY)
        execute_process(COMMAND \"${WORDSIGHT_RSVG}\" -w ${size} -h ${size} \"${icons}/wordsight-document.svg\"
                                -o \"\${to}/mimetypes/${document}.png\" COMMAND_ERROR_IS_FATAL ANY)")
    endforeach()
  endif()
endif()

include(${PROJECT_SOURCE_DIR}/packaging/debian/cpack.cmake)
