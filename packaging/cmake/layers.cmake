# The layers of Wordsight and what each may use. This table is the architecture: wordsight_layer() stops the
# configure on a breach, and tests/arch/check_includes.py says the same of every #include.
# A layer named here may also use whatever the layers in its row may use.

set(WORDSIGHT_LAYERS base domain text synth curate vision neural train eval infer store jobs
    bridge models plots widgets pages shell)

set(WORDSIGHT_USES_base)
set(WORDSIGHT_USES_domain base)
set(WORDSIGHT_USES_text domain)
set(WORDSIGHT_USES_synth text)
set(WORDSIGHT_USES_curate text)
set(WORDSIGHT_USES_vision domain)
set(WORDSIGHT_USES_neural domain)
set(WORDSIGHT_USES_train neural text)
set(WORDSIGHT_USES_eval domain)
set(WORDSIGHT_USES_infer neural text eval)
set(WORDSIGHT_USES_store domain)
set(WORDSIGHT_USES_jobs text synth curate vision neural train eval infer store)
# The window. Tensors stop at infer and jobs: no layer below lists neural or train, and the include check looks through
# headers for torch.
set(WORDSIGHT_USES_bridge jobs)
set(WORDSIGHT_USES_models bridge)
set(WORDSIGHT_USES_plots domain)
set(WORDSIGHT_USES_widgets bridge)
set(WORDSIGHT_USES_pages models plots widgets)
set(WORDSIGHT_USES_shell pages)

# Which layer may link which outside library (imported targets); "private" use only, except where headers need it.
set(WORDSIGHT_OUTSIDE_base tl::expected spdlog::spdlog OpenSSL::Crypto)
set(WORDSIGHT_OUTSIDE_domain nlohmann_json::nlohmann_json)
set(WORDSIGHT_OUTSIDE_text PkgConfig::pcre2 PkgConfig::utf8proc)
set(WORDSIGHT_OUTSIDE_synth)
set(WORDSIGHT_OUTSIDE_curate)
set(WORDSIGHT_OUTSIDE_vision opencv_core opencv_imgproc opencv_imgcodecs)
set(WORDSIGHT_OUTSIDE_neural Torch::Torch)
set(WORDSIGHT_OUTSIDE_train Torch::Torch)
set(WORDSIGHT_OUTSIDE_eval Boost::headers)
set(WORDSIGHT_OUTSIDE_infer Torch::Torch)
set(WORDSIGHT_OUTSIDE_store SQLiteCpp PkgConfig::sqlite3)
set(WORDSIGHT_OUTSIDE_jobs Threads::Threads wordsight_prompts wordsight_demo_world)
set(WORDSIGHT_OUTSIDE_bridge Qt6::Core Qt6::Gui)
set(WORDSIGHT_OUTSIDE_models Qt6::Core Qt6::Gui)
set(WORDSIGHT_OUTSIDE_plots Qt6::Core Qt6::Gui Qt6::Widgets Qt6::PrintSupport Qt6::Svg QCustomPlotQt6)
set(WORDSIGHT_OUTSIDE_widgets Qt6::Core Qt6::Gui Qt6::Widgets Qt6::Svg)
set(WORDSIGHT_OUTSIDE_pages Qt6::Core Qt6::Gui Qt6::Widgets)
set(WORDSIGHT_OUTSIDE_shell Qt6::Core Qt6::Gui Qt6::Widgets Qt6::Network)
# Those that see widgets share the cost of their headers.
set(WORDSIGHT_WIDGET_LAYERS widgets pages shell)
