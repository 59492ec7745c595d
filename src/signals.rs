//! Waits until the process is asked to end.

/// Returns once SIGINT or SIGTERM comes.
pub(crate) async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without signals the process ends as the operating system ends it.
    let _ = tokio::signal::ctrl_c().await;
}
