def uninstall_hook(env):
    env["resource.calendar"]._haerun_release_shifts()
