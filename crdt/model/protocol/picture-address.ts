/** Where people's pictures are, each under the name of its content; the service worker keeps those that were seen. */
export const PICTURES = '/api/pictures/';
