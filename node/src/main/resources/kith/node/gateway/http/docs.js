SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#description",
  deepLinking: true,
  // nothing is sent anywhere but to this node
  validatorUrl: null,
});
