package kith.node.http;

/// Who makes a request: a user, by canonical name, on one of their devices.
public record Caller(String user, String device) {}
