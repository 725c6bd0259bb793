package kith.node.privacy;

/// A user to whom something about others is shown.
public record Viewer(String user, Relations relations) {}
