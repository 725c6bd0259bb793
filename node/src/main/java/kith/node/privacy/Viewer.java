package kith.node.privacy;

/// A user who is shown information about others.
public record Viewer(String user, Relations relations) {}
