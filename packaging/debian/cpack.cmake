# The Debian package, by `cpack` in the build's folder; packaging/ci/package.sh builds it and tries it.
# CPack rather than debhelper: it packs the tree that is built and tested already, and needs nothing but CMake and dpkg-dev.
set(WORDSIGHT_MAINTAINER "The Wordsight authors <authors@wordsight.invalid>" CACHE STRING "Maintainer of the Debian package")
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME wordsight)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "workbench for teaching vision-language models with text")
set(CPACK_PACKAGE_DESCRIPTION "Fine-tunes the language part of vision-language models on text alone,
without a picture: synthesizes scenarios, lets a person curate them, trains a
LoRA adapter, evaluates the model on pictures and on captions, and compares
the answers item by item.
.
Needs neither Python nor a network. The package carries its own copy of
libtorch (350 MB), for use without a GPU.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
    WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
# One package: no target but the installed ones has to be built.
set(CPACK_MONOLITHIC_INSTALL ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${WORDSIGHT_MAINTAINER}")
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
if(TARGET wordsight)
  set(CPACK_DEBIAN_PACKAGE_DEPENDS hicolor-icon-theme)
  # Wayland without XWayland, and Qt's own words in the user's language.
  set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland, qt6-translations-l10n")
endif()
# 98 MB in half a minute; xz makes 71 MB of it and takes three minutes and a half on two cores.
set(CPACK_DEBIAN_COMPRESSION_TYPE zstd)
set(CPACK_THREADS 0)

set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/before_pack.cmake)
set(CPACK_WORDSIGHT_DEBIAN ${CMAKE_CURRENT_LIST_DIR})
include(CPack)
